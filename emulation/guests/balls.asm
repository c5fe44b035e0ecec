; Balls: three balls on a checkered ground in VBE mode 101h (640 x 480, 256 colours), 25 pictures a second.
;
; The rate comes from the timer (PIT channel 0 at 25.000 Hz), not from the speed of the host; a picture that the host is
; too slow for is left out. Each picture counts in the lower left corner: 16 cells, most significant bit first, white for
; one. P shows a plasma over the whole screen with grain like a film's instead, and the balls again; Space pauses.
;
; Rows are made 1024 pixels apart, so that none lies in two of the 64 KB banks through which the card is written.

%define SECTORS 10
%include "boot.inc"

RATE    equ 25
DIVISOR equ 1193182 / RATE
WIDTH   equ 640
HEIGHT  equ 480
SIDE    equ 64                          ; side of a ball's square, in pixels
FLOOR   equ 448                         ; balls stay above, the count lies below

GROUND  equ 64                          ; colours: 0 to 31 the balls', two of the ground, two of the count, and from 128 on
COUNT   equ 66                          ; the plasma's circle of 128

main:
        mov ax, 0x4F02
        mov bx, 0x0101
        int 0x10
        cmp ax, 0x004F
        jne no_mode
        mov ax, 0x4F01
        mov cx, 0x0101
        mov di, mode
        int 0x10
        cmp ax, 0x004F
        jne no_mode
        mov ax, 64                      ; banks begin at multiples of so many KB
        xor dx, dx
        div word [mode + 4]
        mov [steps], ax
        mov ax, 0x4F06
        mov bl, 0
        mov cx, 1024
        int 0x10
        cmp ax, 0x004F
        jne no_mode
        mov ax, 0xA000
        mov es, ax
        call palette
        call waves
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
        jz .no_key
        xor ah, ah
        int 0x16
        call key
.no_key:
        cmp byte [due], 0
        je .wait
        mov byte [due], 0
        cmp byte [paused], 0
        jne .wait
        cmp byte [is_plasma], 0
        jne .plasma
        call move_balls
        jmp .count
.plasma:
        call plasma
.count:
        inc word [count]
        call show_count
        jmp .wait

no_mode:
        mov si, no_mode_text
        call print
        jmp halt

tick:
        mov byte [cs:due], 1
        push ax
        mov al, 0x20
        out 0x20, al
        pop ax
        iret

; AL = what was typed.
key:
        cmp al, ' '
        jne .other
        xor byte [paused], 1
        ret
.other:
        or al, 0x20
        cmp al, 'p'
        jne .done
        xor byte [is_plasma], 1
        jmp ground
.done:
        ret

; ES:DI = column AX of row DX; changes the bank where the row lies in another.
address:
        push ax
        mov di, dx
        and di, 63
        shl di, 10
        add di, ax
        mov ax, dx
        shr ax, 6
        cmp ax, [bank]
        je .same
        mov [bank], ax
        push bx
        push dx
        imul ax, [steps]
        mov dx, ax
        mov ax, 0x4F05
        xor bx, bx
        int 0x10
        pop dx
        pop bx
.same:
        pop ax
        ret

palette:
        xor al, al
        mov dx, 0x3C8
        out dx, al
        inc dx
        xor cx, cx
.ball:                                  ; from dark to bright red
        mov al, cl
        add al, 31
        out dx, al
        mov al, cl
        out dx, al
        shr al, 1
        out dx, al
        inc cx
        cmp cx, 32
        jb .ball
        mov al, GROUND
        mov dx, 0x3C8
        out dx, al
        inc dx
        mov si, fixed_colours
        mov cx, 12
.fixed:
        lodsb
        out dx, al
        loop .fixed
        mov al, 128
        mov dx, 0x3C8
        out dx, al
        inc dx
        xor cx, cx
.plasma:                                ; three waves of different phase
        mov bx, cx
        call .wave
        lea bx, [ecx + 43]
        call .wave
        lea bx, [ecx + 85]
        call .wave
        inc cx
        cmp cx, 128
        jb .plasma
        ret
.wave:                                  ; a triangle of 128 steps between 0 and 63
        and bx, 127
        mov al, bl
        test al, 64
        jz .up
        xor al, 127
.up:
        out dx, al
        ret

; wave[i]: 256 steps of a parabola's approximation to a sine, 0 to 127.
waves:
        xor bx, bx
.step:
        mov ax, bx
        and ax, 127
        mov dx, 128
        sub dx, ax
        imul ax, dx                     ; 0 to 4096 and back
        shr ax, 6
        test bl, 128
        jz .upper
        neg ax
.upper:
        add ax, 64
        cmp ax, 127
        jle .fits
        mov ax, 127
.fits:
        mov [wave + bx], al
        inc bx
        cmp bx, 256
        jb .step
        ret

ground:
        xor dx, dx
.row:
        xor ax, ax
        mov cx, WIDTH
        call ground_row
        inc dx
        cmp dx, HEIGHT
        jb .row
        ret

; Ground in CX pixels from column AX of row DX: squares of 32 pixels.
ground_row:
        push ax
        push cx
        call address
        mov bx, ax
.pixel:
        mov al, bl
        xor al, dl
        shr al, 5
        and al, 1
        add al, GROUND
        stosb
        inc bx
        loop .pixel
        pop cx
        pop ax
        ret

move_balls:
        mov si, balls
.ball:
        call erase
        mov bx, WIDTH - SIDE
        xor bp, bp
        call advance
        mov bx, FLOOR - SIDE
        mov bp, 2
        call advance
        add si, 8
        cmp si, balls_end
        jb .ball
        mov si, balls
.draw:
        call ball
        add si, 8
        cmp si, balls_end
        jb .draw
        ret

; Moves the coordinate at SI + BP by its step, four bytes further, and turns it at 0 and BX.
advance:
        mov ax, [bp + si]
        add ax, [bp + si + 4]
        mov [bp + si], ax
        cmp ax, 0
        jle .turn
        cmp ax, bx
        jl .done
.turn:
        neg word [bp + si + 4]
.done:
        ret

erase:
        mov dx, [si + 2]
        mov bp, SIDE
.row:
        mov ax, [si]
        mov cx, SIDE
        call ground_row
        inc dx
        dec bp
        jnz .row
        ret

; A disc, shaded from the upper left.
ball:
        mov dx, [si + 2]
        xor bp, bp                      ; row within the square
.row:
        mov ax, [si]
        call address
        xor cx, cx                      ; column within the square
.column:
        mov ax, cx
        sub ax, SIDE / 2
        imul ax, ax
        mov bx, bp
        sub bx, SIDE / 2
        imul bx, bx
        add ax, bx
        cmp ax, (SIDE / 2) * (SIDE / 2)
        jae .outside
        mov ax, cx
        add ax, bp
        shr ax, 2
        mov bl, 31
        sub bl, al
        mov [es:di], bl
.outside:
        inc di
        inc cx
        cmp cx, SIDE
        jb .column
        inc dx
        inc bp
        cmp bp, SIDE
        jb .row
        ret

; Every pixel: a wave of the column, one of the row, one of their sum, and three bits of grain.
plasma:
        add byte [phase], 3
        sub byte [phase + 1], 2
        inc byte [phase + 2]
        xor bx, bx
.columns:
        mov si, bx
        add si, [phase]
        and si, 255
        mov al, [wave + si]
        mov [column + bx], al
        inc bx
        cmp bx, WIDTH
        jb .columns
        xor dx, dx
.row:
        xor ax, ax
        call address
        mov al, dl
        add al, [phase + 1]
        mov bx, wave
        xlatb
        mov ch, al                      ; the row's share
        mov cl, dl
        add cl, [phase + 2]             ; and its place in the diagonal wave
        push dx
        mov dx, [grain]
        xor si, si
        mov bp, WIDTH
.pixel:
        imul dx, dx, 25173
        add dx, 13849
        mov ah, dh
        shr ah, 5
        mov al, cl
        xlatb
        add al, ch
        add al, [column + si]
        shr al, 1
        add al, ah
        or al, 128
        stosb
        inc cl
        inc si
        dec bp
        jnz .pixel
        mov [grain], dx
        pop dx
        inc dx
        cmp dx, FLOOR
        jb .row
        ret

; The count of pictures as 16 cells of 16 x 16 pixels at the lower left.
show_count:
        mov dx, FLOOR + 8
.row:
        mov ax, 16
        call address
        mov bp, [count]
        mov bx, 16
.bit:
        mov al, COUNT
        shl bp, 1
        adc al, 0
        mov cx, 16
        rep stosb
        add di, 4
        dec bx
        jnz .bit
        inc dx
        cmp dx, FLOOR + 24
        jb .row
        ret

no_mode_text    db "This card has no 640 x 480 pixels in 256 colours.", 0
fixed_colours   db 12, 14, 18,  8, 9, 12,  16, 16, 16,  63, 63, 63
balls           dw 40, 30, 3, 2
                dw 300, 200, -4, 3
                dw 500, 100, 2, -5
balls_end:
bank            dw -1
steps           dw 1
count           dw 0
grain           dw 1
phase           db 0, 0, 0, 0
due             db 0
paused          db 0
is_plasma       db 0
wave            equ 0x9800              ; 256 bytes
column          equ 0x9900              ; 640 bytes
mode            equ 0x9C00              ; 256 bytes

%include "end.inc"
