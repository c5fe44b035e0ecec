/** Drives of DOS have a colon at the end of their name, which is in the way of a sentence. */
function named(bay: string): string {
  return bay.replace(/:$/, '');
}

/** Words of the media tray. */
export const media = {
  title: 'Media',
  empty: 'Empty',
  unknown: 'The medium it started with',
  eject: 'Eject',
  blank: 'Blank disk',
  blankHint: 'Put a new, empty disk in',
  protect: 'Write-protected',
  protectHint: 'The machine can read the disk but not write to it',
  putIn: (medium: string) => `Put in ${medium}`,
  inOther: (bay: string) => `in ${named(bay)}`,
  doesNotFit: 'does not fit here',
  stays: 'stays in while the machine runs',
  takes: (inches: string) => `${inches}-inch`,
  working: 'Changing\u2026',
  done: {
    changed: (bay: string, medium: string) => `${medium} is in ${named(bay)}`,
    ejected: (bay: string) => `${named(bay)} is empty`,
    blank: (bay: string) => `A blank disk is in ${named(bay)}`,
    protected: (bay: string) => `The disk in ${named(bay)} is write-protected`,
    writable: (bay: string) => `The disk in ${named(bay)} can be written to`,
  },
  lamp: { idle: 'at rest', works: 'working', reads: 'reading', writes: 'writing' },
};
