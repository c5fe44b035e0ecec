; Disk writer: counts how often this disk was started, on the disk itself. Proves that writing works, and that it
; goes to the session's own overlay: each new session starts at 1 again.
;
; The count is kept in sector 2 of cylinder 1. W writes a further 64 sectors, each filled with its number, and
; reads them back; every error of the BIOS is shown.

%define SECTORS 4
%include "boot.inc"

BUFFER  equ 0x9000

main:
        mov ax, 0x0003
        int 0x10
        mov si, welcome
        call print
        mov ax, 0x0201
        call counter_sector
        jc failed
        cmp dword [BUFFER], 'PRSV'
        je .known
        mov di, BUFFER                  ; first start: an empty sector with our mark
        mov cx, 256
        xor ax, ax
        rep stosw
        mov dword [BUFFER], 'PRSV'
.known:
        inc word [BUFFER + 4]
        mov ax, 0x0301
        call counter_sector
        jc failed
        mov si, started
        call print
        mov ax, [BUFFER + 4]
        call number
        mov si, started_end
        call print
.next:
        xor ah, ah
        int 0x16
        or al, 0x20
        cmp al, 'w'
        jne .next
        call write_many
        jc failed
        mov si, written
        call print
        jmp .next

failed:
        push ax
        mov si, error
        call print
        pop ax
        mov al, ah
        xor ah, ah
        call number
        jmp halt

; AX = BIOS function and count 1: the counter's sector and BUFFER.
counter_sector:
        mov bx, BUFFER
        mov cx, 0x0102                  ; cylinder 1, sector 2
        mov dh, 0
        mov dl, [boot_drive]
        int 0x13
        ret

; Cylinders 10 to 73, sector 1: write, read back, compare. Carry set: AH is the BIOS's error.
write_many:
        mov byte [cylinder], 10
.next:
        mov al, [cylinder]
        mov ah, al
        mov di, BUFFER + 512
        mov cx, 256
        rep stosw
        mov ax, 0x0301
        call sector
        jc .done
        mov ax, 0x0201
        call sector
        jc .done
        mov al, [cylinder]
        cmp al, [BUFFER + 512 + 511]
        mov ah, 0x10                    ; told as a read error
        stc
        jne .done
        inc byte [cylinder]
        cmp byte [cylinder], 74
        jb .next
        clc
.done:
        ret

sector:
        mov bx, BUFFER + 512
        mov ch, [cylinder]
        mov cl, 1
        mov dh, 0
        mov dl, [boot_drive]
        int 0x13
        ret

; Prints AX in decimal.
number:
        mov bx, 10
        xor cx, cx
.divide:
        xor dx, dx
        div bx
        push dx
        inc cx
        test ax, ax
        jnz .divide
.digit:
        pop ax
        add al, '0'
        mov ah, 0x0E
        mov bx, 0x0007
        int 0x10
        loop .digit
        ret

welcome         db "Disk writer", 13, 10, 13, 10, 0
started         db "This disk was started ", 0
started_end     db " time(s).", 13, 10, "W: write 64 sectors and read them back.", 13, 10, 0
written         db "64 sectors written and read back: all equal.", 13, 10, 0
error           db "The disk answers with error ", 0
cylinder        db 0

%include "end.inc"
