; Painter: a mouse paints in mode 13h (320 x 200, 256 colours). Proves the pointer.
;
; The mouse is the PS/2 one of the BIOS (INT 15h, AX=C2xx). Left button paints, right button takes the next colour,
; any key clears the picture. The pointer is a cross drawn by exclusive or, so that it leaves no trace.

%define SECTORS 5
%include "boot.inc"

main:
        mov ax, 0x0013
        int 0x10
        mov ax, 0xA000
        mov es, ax
        mov si, 8                       ; on a busy host the mouse may answer later than the BIOS waits
.mouse:
        call mouse_on
        jnc .ready
        dec si
        jnz .mouse
        jmp no_mouse
.ready:
        call clear
        call cross
.wait:
        hlt
        mov ah, 1
        int 0x16
        jz .nokey
        xor ah, ah
        int 0x16
        call clear
        call cross
.nokey:
        cli
        mov al, [moved]
        mov byte [moved], 0
        sti
        test al, al
        jz .wait
        call cross                      ; takes the old one away
        call update
        test byte [buttons], 1
        jz .notpainting
        call dot
.notpainting:
        call cross
        jmp .wait

no_mouse:
        mov ax, 0x0003
        int 0x10
        mov si, missing
        call print
        jmp halt

; Switches the BIOS mouse on, with `packet` called for each report. Carry set: there is none.
mouse_on:
        push es
        mov ax, 0xC205                  ; initialise, three bytes a packet
        mov bh, 3
        int 0x15
        jc .done
        mov ax, 0xC203                  ; resolution: 4 counts a millimetre
        mov bh, 2
        int 0x15
        xor ax, ax
        mov es, ax
        mov bx, packet
        mov ax, 0xC207                  ; handler at ES:BX
        int 0x15
        jc .done
        mov ax, 0xC200                  ; enable
        mov bh, 1
        int 0x15
.done:
        pop es
        ret

; Called far by the BIOS with four words on the stack: status, X, Y, Z.
packet:
        push bp
        mov bp, sp
        push ax
        push bx
        push ds
        xor ax, ax
        mov ds, ax
        mov bx, [bp + 12]               ; status: buttons and signs
        mov [new_buttons], bl
        mov al, [bp + 10]
        test bl, 0x10
        mov ah, 0
        jz .x_positive
        mov ah, 0xFF
.x_positive:
        add [delta_x], ax
        mov al, [bp + 8]
        test bl, 0x20
        mov ah, 0
        jz .y_positive
        mov ah, 0xFF
.y_positive:
        sub [delta_y], ax               ; the mouse counts upwards, the screen downwards
        mov byte [moved], 1
        pop ds
        pop bx
        pop ax
        pop bp
        retf

; Adds what the mouse has reported, kept within the screen; the right button takes the next colour once a press.
update:
        cli
        mov ax, [delta_x]
        mov bx, [delta_y]
        mov word [delta_x], 0
        mov word [delta_y], 0
        mov cl, [new_buttons]
        sti
        add ax, [x]
        mov dx, 319
        call keep
        mov [x], ax
        mov ax, [y]
        add ax, bx
        mov dx, 199
        call keep
        mov [y], ax
        mov ch, [buttons]
        mov [buttons], cl
        not ch
        and ch, cl
        test ch, 2
        jz .done
        inc byte [colour]
        cmp byte [colour], 47
        jbe .swatch
        mov byte [colour], 32
.swatch:
        call swatch
.done:
        ret

; Keeps AX between 0 and DX.
keep:
        test ax, ax
        jns .notbelow
        xor ax, ax
.notbelow:
        cmp ax, dx
        jle .done
        mov ax, dx
.done:
        ret

clear:
        xor di, di
        mov ax, 0x0F0F
        mov cx, 32000
        rep stosw
        jmp swatch

; The colour in use, in the upper left corner.
swatch:
        mov al, [colour]
        xor di, di
        mov bl, 10
.row:
        mov cx, 10
        rep stosb
        add di, 310
        dec bl
        jnz .row
        ret

; DI = address of column CX, row DX. Changes AX.
address:
        mov ax, dx
        shl ax, 6
        mov di, ax
        mov ax, dx
        shl ax, 8
        add di, ax
        add di, cx
        ret

; A brush of 5 x 5 pixels at the pointer.
dot:
        mov dx, [y]
        sub dx, 2
        mov bh, 5
.row:
        mov cx, [x]
        sub cx, 2
        mov bl, 5
.column:
        cmp cx, 319
        ja .skip                        ; unsigned: below zero is above, too
        cmp dx, 199
        ja .skip
        call address
        mov al, [colour]
        mov [es:di], al
.skip:
        inc cx
        dec bl
        jnz .column
        inc dx
        dec bh
        jnz .row
        ret

; The pointer: nine pixels across and nine down, by exclusive or, so that drawing it twice takes it away.
cross:
        mov dx, [y]
        mov cx, [x]
        sub cx, 4
        mov bl, 9
.across:
        call invert
        inc cx
        dec bl
        jnz .across
        mov cx, [x]
        sub dx, 4
        mov bl, 9
.down:
        call invert
        inc dx
        dec bl
        jnz .down
        ret

invert:
        cmp cx, 319
        ja .outside
        cmp dx, 199
        ja .outside
        call address
        xor byte [es:di], 0x0F
.outside:
        ret

missing         db "This machine has no PS/2 mouse.", 0
x               dw 160
y               dw 100
delta_x         dw 0
delta_y         dw 0
buttons         db 0
new_buttons     db 0
colour          db 40
moved           db 0

%include "end.inc"
