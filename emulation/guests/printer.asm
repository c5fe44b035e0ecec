; Printer: prints a letter on LPT1. Proves the parallel port: what was printed is known to the letter.
;
; Once at the start, and again at each press of P. Uses the BIOS (INT 17h), as the printing of DOS does, with tabs, the
; characters of code page 437, bold and underline of ESC/P, and a form feed at the end.

%define SECTORS 3
%include "boot.inc"

main:
        mov ax, 0x0003
        int 0x10
        mov si, welcome
        call print
.letter:
        mov ah, 0x01                    ; initialise
        xor dx, dx
        int 0x17
        test ah, 0x29                   ; time-out, error, out of paper
        jnz .none
        mov si, letter
.next:
        lodsb
        cmp al, 0xFF
        je .printed
        xor ah, ah
        xor dx, dx
        int 0x17
        test ah, 0x01
        jnz .none
        jmp .next
.printed:
        mov si, done
        call print
        jmp .wait
.none:
        mov si, missing
        call print
.wait:
        xor ah, ah
        int 0x16
        or al, 0x20
        cmp al, 'p'
        je .letter
        jmp .wait

welcome db "Printer: prints a letter on LPT1. P prints it again.", 13, 10, 0
done    db "Printed.", 13, 10, 0
missing db "There is no printer.", 13, 10, 0

letter  db 27, '@', 27, 'E', "A letter", 27, 'F', 13, 10
        db 13, 10
        db "Dear archive,", 13, 10
        db 9, "this was ", 27, '-', 1, "printed", 27, '-', 0, " on LPT1: caf", 0x82, ", ", 0xC9, 0xCD, 0xBB, ".", 13, 10
        db 12, 0xFF

%include "end.inc"
