; Echo: shows what is typed. The smallest thing that proves keyboard and screen.
;
; Enter starts a new line, Backspace takes a character back, Escape clears the screen.

%include "boot.inc"

main:
        call clear
.next:
        xor ah, ah
        int 0x16
        cmp al, 27
        je main
        cmp al, 13
        je .newline
        cmp al, 8
        je .backspace
        cmp al, 32
        jb .next
        call put
        jmp .next
.newline:
        mov si, newline
        call print
        jmp .next
.backspace:
        mov ah, 0x03
        xor bh, bh
        int 0x10
        cmp dl, 2                       ; never back over the prompt
        jbe .next
        mov si, erase
        call print
        jmp .next

clear:
        mov ax, 0x0003
        int 0x10
        mov si, welcome
        jmp print

put:
        mov ah, 0x0E
        mov bx, 0x0007
        int 0x10
        ret

welcome db "Echo: type, and see what you type. Enter: new line. Esc: clear.", 13, 10, 13, 10
prompt  db "> ", 0
newline db 13, 10, "> ", 0
erase   db 8, 32, 8, 0

%include "end.inc"
