; Modes: a card that changes its screen mode every second, from text to 1280 x 1024 pixels and back, each filled with
; stripes. For testing what looks at the screen: sizes change while pictures are on their way.
;
; A mode that the card does not have is skipped. Any key stops the changing, another lets it go on.

%define SECTORS 2
%include "boot.inc"

main:
        mov si, modes
.next:
        lodsw
        or ax, ax
        jz main
        mov bx, ax
        mov ax, 0x4F02
        int 0x10
        cmp ax, 0x004F
        jne .next
        call stripes
        mov bx, [0x046C]
.wait:                                  ; 18 ticks of the 18.2 Hz clock
        hlt
        mov ah, 1
        int 0x16
        jz .no_key
        xor ah, ah
        int 0x16
        xor byte [stopped], 1
.no_key:
        cmp byte [stopped], 0
        jne .wait
        mov ax, [0x046C]
        sub ax, bx
        cmp ax, 18
        jb .wait
        jmp .next

; Fills the first 64 KB of the mode: 256 values in turn, whatever they mean in it.
stripes:
        mov ax, 0xA000
        mov es, ax
        cmp word [si - 2], 3
        jne .graphics
        mov ax, 0xB800
        mov es, ax
.graphics:
        xor di, di
        xor ax, ax
.byte:
        mov ax, di
        shr ax, 3
        stosb
        or di, di
        jnz .byte
        ret

modes           dw 0x0003, 0x0013, 0x0101, 0x0012, 0x0103, 0x0105, 0x0107, 0
stopped         db 0

%include "end.inc"
