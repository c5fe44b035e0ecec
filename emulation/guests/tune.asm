; Tune: a scale on the PC speaker, over and over. Proves sound: each note has a known pitch and length.
;
; Eight notes, C4 to C5, each a square wave for 9 ticks of the 18.2 Hz clock (0.494 s), then one tick of silence.
; The note being played is named on the screen. Space plays and stops.

%define SECTORS 3
%include "boot.inc"

CLOCK           equ 1193182
TICKS_A_NOTE    equ 9

main:
        mov ax, 0x0003
        int 0x10
        mov si, welcome
        call print
.again:
        mov si, notes
.note:
        lodsw
        test ax, ax
        jz .again
        mov bx, ax
        call name
        call sound_on
        mov cx, TICKS_A_NOTE
        call wait_ticks
        call sound_off
        mov cx, 1
        call wait_ticks
        jmp .note

; Shows the five characters at SI at row 4, column 0, and moves SI past them.
name:
        push bx
        push si
        mov ah, 0x02
        xor bh, bh
        mov dx, 0x0400
        int 0x10
        pop si
        mov cx, 5
.next:
        lodsb
        mov ah, 0x0E
        mov bx, 0x0007
        int 0x10
        loop .next
        pop bx
        ret

; BX = divisor of the PIT's clock for channel 2.
sound_on:
        mov al, 0xB6
        out 0x43, al
        mov al, bl
        out 0x42, al
        mov al, bh
        out 0x42, al
        in al, 0x61
        or al, 3
        out 0x61, al
        ret

sound_off:
        in al, 0x61
        and al, 0xFC
        out 0x61, al
        ret

; Waits CX ticks of the BIOS clock. Space stops the sound until it is pressed again.
wait_ticks:
        mov bx, [0x046C]
.same:
        hlt
        call key
        cmp bx, [0x046C]
        je .same
        loop wait_ticks
        ret

key:
        mov ah, 1
        int 0x16
        jz .none
        xor ah, ah
        int 0x16
        cmp al, ' '
        jne .none
        in al, 0x61
        push ax
        and al, 0xFC
        out 0x61, al
.paused:
        xor ah, ah
        int 0x16
        cmp al, ' '
        jne .paused
        pop ax
        out 0x61, al
.none:
        ret

welcome db "Tune: a scale on the PC speaker. Space: stop and go on.", 13, 10, 13, 10, "Now playing:", 0

; Divisor, then the name in five characters.
%macro note 2
        dw CLOCK / %1
        db %2
%endmacro
notes:
        note 262, "C4   "
        note 294, "D4   "
        note 330, "E4   "
        note 349, "F4   "
        note 392, "G4   "
        note 440, "A4   "
        note 494, "B4   "
        note 523, "C5   "
        dw 0

%include "end.inc"
