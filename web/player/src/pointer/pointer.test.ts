import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordingInput } from '../testing/recording-input';
import { openPointer, type MachinePointer } from './pointer';

let stage: HTMLElement;
let input: RecordingInput;
let isEntered: boolean;
let frames: (() => void)[];
let trackpads: number;
let pointer: MachinePointer;

beforeEach(() => {
  stage = document.createElement('div');
  stage.setPointerCapture = () => {};
  document.body.append(stage);
  input = new RecordingInput();
  isEntered = false;
  frames = [];
  trackpads = 0;
});
afterEach(() => {
  pointer.dispose();
  stage.remove();
});

function open(kind: 'none' | 'relative' | 'absolute'): void {
  pointer = openPointer(kind, {
    stage, input,
    picture: () => ({ x: 0, y: 0, width: 640, height: 400 }) as DOMRect,
    guest: () => ({ width: 320, height: 200 }),
    isEntered: () => isEntered,
    enter: () => isEntered = true,
    hover: () => {},
    usesTrackpad: () => trackpads++,
    nextFrame: callback => frames.push(callback),
  });
}

function send(kind: string, properties: Partial<PointerEvent & WheelEvent>): Event {
  const event = Object.assign(new Event(kind, { cancelable: true, bubbles: true }), { pointerId: 1, pointerType: 'mouse', buttons: 0, ...properties });
  stage.dispatchEvent(event);
  return event;
}

const nextFrame = (): void => frames.splice(0).forEach(callback => callback());

test('outside, moving the mouse is nothing to the machine', () => {
  open('absolute');
  send('pointermove', { clientX: 10, clientY: 10 });
  nextFrame();
  expect(input.log).toEqual([]);
});

test('a click enters and clicks at its place', () => {
  open('absolute');
  send('pointerdown', { clientX: 100, clientY: 60, buttons: 1 });
  send('pointerup', { clientX: 100, clientY: 60 });
  expect(input.log).toEqual(['point 50,30 1', 'point 50,30 0']);
});

test('many moves are one message a frame, with the newest place', () => {
  open('absolute');
  isEntered = true;
  for (let x = 0; x <= 100; x += 2) send('pointermove', { clientX: x, clientY: 0 });
  expect(input.log).toEqual([]);
  nextFrame();
  expect(input.log).toEqual(['point 50,0 0']);
});

test('a button goes at once, and the move before it is not sent after it', () => {
  open('absolute');
  isEntered = true;
  send('pointermove', { clientX: 20, clientY: 20 });
  send('pointerdown', { clientX: 40, clientY: 40, buttons: 2 });
  nextFrame();
  expect(input.log).toEqual(['point 20,20 4']);
});

test('a second button pressed while one is held comes as a move, and goes at once', () => {
  open('absolute');
  isEntered = true;
  send('pointerdown', { clientX: 0, clientY: 0, buttons: 1 });
  send('pointermove', { clientX: 0, clientY: 0, buttons: 3 });
  expect(input.log.at(-1)).toBe('point 0,0 5');
});

test('the wheel is a pulse of button 4 or 5', () => {
  open('absolute');
  isEntered = true;
  const event = send('wheel', { deltaY: 100, deltaMode: 0 });
  expect(input.log).toEqual(['point 0,0 16', 'point 0,0 0']);
  expect(event.defaultPrevented).toBe(true);
});

test('outside, the wheel scrolls the page', () => {
  open('absolute');
  expect(send('wheel', { deltaY: 100, deltaMode: 0 }).defaultPrevented).toBe(false);
});

test('a machine without a pointer is entered by a click that it does not get', () => {
  open('none');
  send('pointerdown', { clientX: 100, clientY: 60, buttons: 1 });
  expect(isEntered).toBe(true);
  expect(input.log).toEqual([]);
});

test('the context menu of the browser stays away', () => {
  open('absolute');
  expect(send('contextmenu', {}).defaultPrevented).toBe(true);
});

test('a locked mouse moves by the scale of the picture, with its buttons', () => {
  open('relative');
  lock();
  send('pointerdown', { buttons: 1 });
  send('pointermove', { movementX: 9, movementY: -4, buttons: 1 });
  nextFrame();
  send('pointermove', { movementX: 1, movementY: 0, buttons: 1 });
  send('pointerup', { buttons: 0 });
  expect(input.log).toEqual(['move 0,0 1', 'move 4,-2 1', 'move 1,0 1', 'move 0,0 0']);
});

test('the click that enters is not a click in the machine', () => {
  open('relative');
  const request = vi.fn();
  stage.requestPointerLock = request;
  send('pointerdown', { buttons: 1 });
  expect(request).toHaveBeenCalledOnce();
  expect(input.log).toEqual([]);
});

test('where the mouse cannot be locked, dragging moves the pointer', () => {
  open('relative');
  stage.requestPointerLock = () => { document.dispatchEvent(new Event('pointerlockerror')); return Promise.reject(new Error()); };
  send('pointerdown', { buttons: 1, clientX: 0, clientY: 0 });
  send('pointerup', {});
  send('pointerdown', { buttons: 1, clientX: 0, clientY: 0 });
  send('pointermove', { buttons: 1, clientX: 20, clientY: 10 });
  nextFrame();
  expect(trackpads).toBeGreaterThan(0);
  expect(input.log).toEqual(['move 10,5 0']);
});

test('a finger never asks to lock', () => {
  open('relative');
  const request = vi.fn();
  stage.requestPointerLock = request;
  send('pointerdown', { pointerType: 'touch', buttons: 1, clientX: 0, clientY: 0 });
  send('pointermove', { pointerType: 'touch', buttons: 1, clientX: 8, clientY: 0 });
  nextFrame();
  expect(request).not.toHaveBeenCalled();
  expect(input.log).toEqual(['move 4,0 0']);
});

function lock(): void {
  isEntered = true;
  Object.defineProperty(document, 'pointerLockElement', { value: stage, configurable: true });
}
afterEach(() => { Reflect.deleteProperty(document, 'pointerLockElement'); });
