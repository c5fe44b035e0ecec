; Animation: a ball on a checkered ground in mode 13h (320 x 200, 256 colours), 25 pictures a second.
;
; The rate comes from the timer (PIT channel 0 at 25.000 Hz), not from the speed of the host. Each picture draws the
; ball anew and counts in the lower left corner: 16 cells, most significant bit first, white for one, so that a
; recording can tell which picture it holds and which are missing. Any key pauses and goes on.

%define SECTORS 6
%include "boot.inc"

RATE    equ 25
DIVISOR equ 1193182 / RATE
SIDE    equ 24                          ; side of the ball's square, in pixels

main:
        mov ax, 0x0013
        int 0x10
        mov ax, 0xA000
        mov es, ax
        call palette
        call ground

        cli
        mov word [0x08 * 4], tick
        mov word [0x08 * 4 + 2], 0
        mov al, 0x36                    ; channel 0, both bytes, square wave
        out 0x43, al
        mov ax, DIVISOR
        out 0x40, al
        mov al, ah
        out 0x40, al
        sti

.wait:
        hlt
        mov ah, 1
        int 0x16
        jz .nokey
        xor ah, ah
        int 0x16
        xor byte [paused], 1
.nokey:
        cmp byte [due], 0
        je .wait
        mov byte [due], 0
        cmp byte [paused], 0
        jne .wait
        call picture
        jmp .wait

tick:
        mov byte [cs:due], 1
        push ax
        mov al, 0x20
        out 0x20, al
        pop ax
        iret

; One picture: ground where the ball was, the ball where it is now, the count.
picture:
        mov ax, [ball_x]
        mov bx, [ball_y]
        call restore
        mov ax, [ball_x]
        add ax, [step_x]
        mov [ball_x], ax
        cmp ax, 0
        jle .turn_x
        cmp ax, 320 - SIDE
        jl .x_done
.turn_x:
        neg word [step_x]
.x_done:
        mov ax, [ball_y]
        add ax, [step_y]
        mov [ball_y], ax
        cmp ax, 0
        jle .turn_y
        cmp ax, 180 - SIDE
        jl .y_done
.turn_y:
        neg word [step_y]
.y_done:
        call ball
        inc word [count]
        jmp show_count

; Colours 16 to 47: a ramp for the ball; 64 and 65 the ground; 66 and 67 the count.
palette:
        mov dx, 0x3C8
        mov al, 16
        out dx, al
        inc dx
        xor cx, cx
.ramp:
        mov al, 63
        out dx, al
        mov al, cl
        add al, al
        out dx, al
        mov al, cl
        shr al, 1
        out dx, al
        inc cx
        cmp cx, 32
        jb .ramp
        mov dx, 0x3C8
        mov al, 64
        out dx, al
        inc dx
        mov si, ground_colours
        mov cx, 12
.fixed:
        lodsb
        out dx, al
        loop .fixed
        ret

; AL = colour of the ground at column CX, row DX.
ground_at:
        push cx
        push dx
        shr cx, 4
        shr dx, 4
        xor cx, dx
        and cl, 1
        mov al, 64
        add al, cl
        pop dx
        pop cx
        ret

ground:
        xor di, di
        xor dx, dx
.row:
        xor cx, cx
.column:
        call ground_at
        stosb
        inc cx
        cmp cx, 320
        jb .column
        inc dx
        cmp dx, 200
        jb .row
        ret

; Puts the ground back under the square at AX, BX.
restore:
        mov [left], ax
        mov dx, bx
        mov byte [rows], SIDE
.row:
        call address
        mov cx, [left]
        mov bl, SIDE
.column:
        call ground_at
        stosb
        inc cx
        dec bl
        jnz .column
        inc dx
        dec byte [rows]
        jnz .row
        ret

; DI = address of column [left], row DX.
address:
        mov di, dx
        shl di, 6
        mov ax, dx
        shl ax, 8
        add di, ax
        add di, [left]
        ret

; The ball: a disc shaded by its distance from a light at the upper left.
ball:
        mov ax, [ball_x]
        mov [left], ax
        mov dx, [ball_y]
        xor bx, bx                      ; row within the square
.row:
        call address
        xor cx, cx                      ; column within the square
.column:
        mov ax, cx
        sub ax, SIDE / 2
        imul ax, ax
        mov si, bx
        sub si, SIDE / 2
        imul si, si
        add ax, si
        cmp ax, (SIDE / 2) * (SIDE / 2)
        jae .outside
        mov ax, cx
        add ax, bx
        mov ah, 0
        shr ax, 1
        add al, 16
        mov [es:di], al
.outside:
        inc di
        inc cx
        cmp cx, SIDE
        jb .column
        inc dx
        inc bx
        cmp bx, SIDE
        jb .row
        ret

; The count of pictures as 16 cells of 8 x 8 pixels at the lower left.
show_count:
        mov bp, [count]
        mov di, 320 * 188 + 8
        mov cx, 16
.bit:
        mov al, 66
        shl bp, 1
        adc al, 0
        push cx
        push di
        mov bl, 8
.row:
        mov cx, 8
        rep stosb
        add di, 320 - 8
        dec bl
        jnz .row
        pop di
        pop cx
        add di, 10
        loop .bit
        ret

ground_colours  db 12, 14, 18,  8, 9, 12,  16, 16, 16,  63, 63, 63
ball_x          dw 40
ball_y          dw 30
step_x          dw 3
step_y          dw 2
count           dw 0
left            dw 0
rows            db 0
due             db 0
paused          db 0

%include "end.inc"
