; Flash: the whole screen switches between black and white, 9 times a second. For testing warnings and the flash
; limiter: three flashes a second is the limit of WCAG 2.2, success criterion 2.3.1. Not for an exhibit without a warning.
;
; Mode 13h; the change is one of the palette, in step with the 18.2 Hz clock. A key stops the flashing, another goes on.

%define SECTORS 1
%include "boot.inc"

main:
        mov ax, 0x0013
        int 0x10
        xor bp, bp
.tick:
        mov bx, [0x046C]
.same:
        hlt
        mov ah, 1
        int 0x16
        jz .nokey
        xor ah, ah
        int 0x16
        xor byte [stopped], 1
.nokey:
        cmp bx, [0x046C]
        je .same
        cmp byte [stopped], 0
        jne .tick
        xor bp, 63
        mov dx, 0x3C8
        xor al, al
        out dx, al
        inc dx
        mov ax, bp
        out dx, al
        out dx, al
        out dx, al
        jmp .tick

stopped db 0

%include "end.inc"
