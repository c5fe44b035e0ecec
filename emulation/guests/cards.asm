; Cards: every sound card of the machine in turn, then all of them at once. Proves sound: each has a pitch of its own.
;
; PC speaker 330 Hz (a square wave), AdLib 440 Hz (one operator, a sine), Sound Blaster 500 Hz (8-bit DMA, 20 kHz),
; AC97 600 Hz (16-bit bus mastering, 48 kHz); the last two are triangles. Each sounds for 9 ticks of the 18.2 Hz clock
; (0.494 s), then two ticks of silence. A card that does not answer is left out. What plays is named on the screen.
; The cards are soft, since the speaker is not: the emulator adds them up, and a sum beyond full scale would be distorted.

%define SECTORS 4
%include "boot.inc"

SPEAKER_DIVISOR equ 1193182 / 330
TICKS_A_NOTE    equ 9
TICKS_OF_REST   equ 2

ADLIB           equ 0x388
DSP             equ 0x220
DSP_RATE        equ 256 - 1000000 / 20000
DSP_SEGMENT     equ 0x1000              ; one page of 64 KiB, which DMA cannot leave
DSP_LENGTH      equ 4000                ; 100 periods of 40 samples
AC97_SEGMENT    equ 0x2000
AC97_LENGTH     equ 4000                ; 50 periods of 80 samples, two channels
AC97_LIST       equ 0x0600              ; 32 entries of 8 bytes, below the boot sector

main:
        mov ax, 0x0003
        int 0x10
        mov si, welcome
        call print
        call make_waves
        call find_dsp
        call find_ac97
.again:
        mov si, speaker_name
        mov di, speaker_on
        call play
        mov si, adlib_name
        mov di, adlib_on
        call play
        cmp byte [has_dsp], 0
        je .no_dsp
        mov si, dsp_name
        mov di, dsp_on
        call play
.no_dsp:
        cmp byte [has_ac97], 0
        je .no_ac97
        mov si, ac97_name
        mov di, ac97_on
        call play
.no_ac97:
        mov si, all_name
        mov di, all_on
        call play
        jmp .again

; Shows the name at SI, calls DI, and lets it sound.
play:
        mov ah, 0x02
        xor bh, bh
        mov dx, 0x0400
        int 0x10
        call print
        call di
        mov cx, TICKS_A_NOTE
        call wait_ticks
        call all_off
        mov cx, TICKS_OF_REST
; Waits CX ticks of the BIOS clock.
wait_ticks:
        mov bx, [0x046C]
.same:
        hlt
        cmp bx, [0x046C]
        je .same
        loop wait_ticks
        ret

all_on:
        call speaker_on
        call adlib_on
        call dsp_on
        jmp ac97_on

all_off:
        in al, 0x61
        and al, 0xFC
        out 0x61, al
        mov ax, 0x12B0                  ; key off
        call adlib_write
        call dsp_off
        jmp ac97_off

speaker_on:
        mov al, 0xB6
        out 0x43, al
        mov al, SPEAKER_DIVISOR & 0xFF
        out 0x42, al
        mov al, SPEAKER_DIVISOR >> 8
        out 0x42, al
        in al, 0x61
        or al, 3
        out 0x61, al
        ret

; ---- AdLib (YM3812) ----

adlib_on:
        mov si, adlib_note
        mov cx, adlib_note_count
.next:
        lodsw
        call adlib_write
        loop .next
        ret

; Writes AH to register AL, with the pauses that the chip wants.
adlib_write:
        push cx
        mov dx, ADLIB
        out dx, al
        mov cx, 6
.address:
        in al, dx
        loop .address
        inc dx
        mov al, ah
        out dx, al
        dec dx
        mov cx, 35
.data:
        in al, dx
        loop .data
        pop cx
        ret

; ---- Sound Blaster: DSP at 220h, DMA channel 1 ----

find_dsp:
        mov dx, DSP + 6
        mov al, 1
        out dx, al
        mov cx, 100
.hold:
        in al, 0x61
        loop .hold
        xor al, al
        out dx, al
        mov cx, 1000
.ask:
        mov dx, DSP + 0xE
        in al, dx
        test al, 0x80
        jz .more
        mov dx, DSP + 0xA
        in al, dx
        cmp al, 0xAA
        je .found
.more:
        loop .ask
        ret
.found:
        inc byte [has_dsp]
        ret

dsp_on:
        cmp byte [has_dsp], 0
        je dsp_done
        mov al, 5                       ; mask channel 1 while it is set
        out 0x0A, al
        out 0x0C, al
        mov al, 0x59                    ; single, from memory, again and again, channel 1
        out 0x0B, al
        xor al, al
        out 0x02, al
        out 0x02, al
        mov al, DSP_SEGMENT >> 12
        out 0x83, al
        mov al, (DSP_LENGTH - 1) & 0xFF
        out 0x03, al
        mov al, (DSP_LENGTH - 1) >> 8
        out 0x03, al
        mov al, 1
        out 0x0A, al
        mov si, dsp_start
        mov cx, dsp_start_count
dsp_send:
        mov dx, DSP + 0xC
.busy:
        in al, dx
        test al, 0x80
        jnz .busy
        lodsb
        out dx, al
        loop dsp_send
dsp_done:
        ret

dsp_off:
        cmp byte [has_dsp], 0
        je dsp_done
        mov si, dsp_stop
        mov cx, dsp_stop_count
        jmp dsp_send

; ---- AC97 (Intel 82801AA), found through the PCI BIOS ----

find_ac97:
        mov ax, 0xB102                  ; find device
        mov cx, 0x2415
        mov dx, 0x8086
        xor si, si
        int 0x1A
        jc .none
        test ah, ah
        jnz .none
        mov ax, 0xB10C                  ; command word: ports and bus mastering on
        mov di, 4
        mov cx, 5
        int 0x1A
        mov ax, 0xB109
        mov di, 0x10
        int 0x1A
        and cx, 0xFFFC
        mov [mixer], cx
        mov ax, 0xB109
        mov di, 0x14
        int 0x1A
        and cx, 0xFFFC
        mov [master], cx
        inc byte [has_ac97]
        mov dx, [master]
        add dx, 0x2C
        mov eax, 2                      ; out of cold reset
        out dx, eax
        mov dx, [mixer]
        out dx, ax                      ; any write resets the codec
        add dx, 2
        xor ax, ax
        out dx, ax                      ; master volume: full
        add dx, 0x18 - 2
        mov ax, 0x0808
        out dx, ax                      ; what is played: unchanged
        mov di, AC97_LIST
        mov cx, 32
.entry:
        mov dword [di], AC97_SEGMENT << 4
        mov dword [di + 4], 2 * AC97_LENGTH
        add di, 8
        loop .entry
.none:
        ret

ac97_on:
        cmp byte [has_ac97], 0
        je ac97_done
        mov dx, [master]
        add dx, 0x1B
        mov al, 2                       ; reset of the channel
        out dx, al
        mov dx, [master]
        add dx, 0x10
        mov eax, AC97_LIST
        out dx, eax
        add dx, 5
        mov al, 31
        out dx, al                      ; the last entry: 2.7 s away
        add dx, 6
        mov al, 1
        out dx, al
ac97_done:
        ret

ac97_off:
        cmp byte [has_ac97], 0
        je ac97_done
        mov dx, [master]
        add dx, 0x1B
        xor al, al
        out dx, al
        ret

; ---- The triangles that the last two play ----

make_waves:
        push es
        mov ax, DSP_SEGMENT
        mov es, ax
        xor di, di
        mov cx, DSP_LENGTH
        mov al, 118                     ; 118 to 138 and back: 20 steps each way
        mov ah, 1
.byte:
        stosb
        add al, ah
        cmp al, 138
        je .turn
        cmp al, 118
        jne .go
.turn:
        neg ah
.go:
        loop .byte
        mov ax, AC97_SEGMENT
        mov es, ax
        xor di, di
        mov cx, AC97_LENGTH
        mov ax, -3000                   ; -3000 to 3000 and back: 40 steps of 150 each way
        mov bx, 150
.word:
        stosw
        stosw
        add ax, bx
        cmp ax, 3000
        je .turn_too
        cmp ax, -3000
        jne .go_too
.turn_too:
        neg bx
.go_too:
        loop .word
        pop es
        ret

welcome         db "Cards: every sound card of this machine in turn, then all together.", 13, 10, 13, 10, "Now playing:", 0
speaker_name    db "PC speaker, 330 Hz     ", 0
adlib_name      db "AdLib, 440 Hz          ", 0
dsp_name        db "Sound Blaster, 500 Hz  ", 0
ac97_name       db "AC97, 600 Hz           ", 0
all_name        db "All together           ", 0

has_dsp         db 0
has_ac97        db 0
mixer           dw 0
master          dw 0

; Register, value. The modulator is silent, the carrier a held sine; F-number 580 in octave 4 is 440 Hz.
adlib_note:
        db 0x20, 0x01, 0x40, 0x3F, 0x60, 0xF0, 0x80, 0x0F
        db 0x23, 0x21, 0x43, 0x0A, 0x63, 0xF0, 0x83, 0x0F
        db 0xC0, 0x01, 0xA0, 0x44, 0xB0, 0x32
adlib_note_count equ ($ - adlib_note) / 2

; Speaker on, rate, block length, 8-bit DMA again and again.
dsp_start       db 0xD1, 0x40, DSP_RATE, 0x48, (DSP_LENGTH - 1) & 0xFF, (DSP_LENGTH - 1) >> 8, 0x1C
dsp_start_count equ $ - dsp_start
; Pause, leave the repetition, speaker off.
dsp_stop        db 0xD0, 0xDA, 0xD3
dsp_stop_count  equ $ - dsp_stop

%include "end.inc"
