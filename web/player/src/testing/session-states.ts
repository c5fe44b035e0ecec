/** A `state` message of a running session, as the worker sends it. */
export function runningState(changes: Record<string, unknown> = {}, machine: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    state: 'running', reason: null, message: '', role: 'control', secondsLeft: 600, viewers: 1,
    machines: [{
      machine: 0, title: 'FreeDOS', pointer: 'absolute', pixelAspect: {}, sound: false, text: true, layout: 'us', layouts: [{ id: 'us', title: 'English (US)' }, { id: 'de', title: 'German' }],
      bays: [{ id: 'fd0', title: 'Drive A', kind: 'floppy', removable: true, medium: 'a'.repeat(64) }],
      shelf: [{ medium: 'a'.repeat(64), label: 'Disk 1', kind: 'floppy' }, { medium: 'b'.repeat(64), label: 'Disk 2', kind: 'floppy' }],
      ...machine,
    }],
    ...changes,
  };
}

/** The `watching` map of a `state` message, for an owner whom nobody watches. */
export function watchingState(changes: object = {}): Record<string, unknown> {
  return { watchers: 0, isOwner: true, isTour: false, number: 0, wish: 'none', guest: null, people: [], ...changes };
}
