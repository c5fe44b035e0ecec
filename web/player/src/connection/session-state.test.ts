import { expect, test } from 'vitest';
import { runningState } from '../testing/session-states';
import { readSessionState } from './session-state';

test('a whole message is read', () => {
  const state = readSessionState(runningState({}, { pixelAspect: { '640x200': 0.4167 } }));
  expect(state).toMatchObject({ state: 'running', role: 'control', secondsLeft: 600 });
  expect(state?.machines[0]).toMatchObject({ pointer: 'absolute', pixelAspect: { '640x200': 0.4167 }, bays: [{ id: 'fd0', removable: true }] });
});

test.each([null, 'running', [], {}, { state: 'dreaming' }])('%j is not a state', message => {
  expect(readSessionState(message)).toBeNull();
});

test('missing details get the harmless value', () => {
  expect(readSessionState({ state: 'running', machines: [{}] })).toEqual({
    state: 'running', reason: null, message: '', role: 'watch', secondsLeft: null, viewers: 1,
    watching: { watchers: 0, isOwner: false, isTour: false, number: 0, wish: 'none', guest: null, people: [] },
    input: { keyboard: null, quickKeys: [], gamepad: null },
    machines: [{ machine: 0, title: '', pointer: 'none', pixelAspect: {}, sound: false, text: false, printer: false, keyboard: 'at', layout: '', layouts: [], bays: [], shelf: [] }],
  });
});

test('pixel shapes that cannot be are left out', () => {
  const state = readSessionState(runningState({}, { pixelAspect: { a: 0, b: NaN, c: 1000, d: 'x', e: 0.5 } }));
  expect(state?.machines[0]?.pixelAspect).toEqual({ e: 0.5 });
});
