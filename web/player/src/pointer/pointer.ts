import type { MachineInput } from '../input/machine-input';
import type { Size } from '../screen/fit';
import { AbsolutePointer } from './absolute-pointer';
import { RelativePointer } from './relative-pointer';

/** What a pointer needs of the page around it. */
export interface PointerSurface {
  /** The element that gets the events. */
  readonly stage: HTMLElement;
  /** Where the picture is on the page, in CSS pixels. */
  picture(): DOMRect;
  guest(): Size;
  readonly input: MachineInput;
  /** True while the visitor is in the machine. */
  isEntered(): boolean;
  /** A click asks to enter; true when it did, or was in already. */
  enter(): boolean;
  /** The pointer is at this place of the picture: the guest's pointer shape is drawn there. */
  hover(at: { readonly x: number; readonly y: number } | null): void;
  /** The mouse cannot be locked, or is a finger: the screen works as a touch pad. */
  usesTrackpad(): void;
  nextFrame(callback: () => void): void;
}

/** One machine's pointer on the page. */
export interface MachinePointer {
  /** The machine was left: buttons are released, the mouse is given back. */
  left(): void;
  dispose(): void;
}

export function openPointer(kind: 'none' | 'relative' | 'absolute', surface: PointerSurface): MachinePointer {
  return kind === 'relative' ? new RelativePointer(surface) : new AbsolutePointer(surface, kind === 'absolute');
}
