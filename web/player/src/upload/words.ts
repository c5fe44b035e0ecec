/** Bytes in powers of 1000, as disks are sold. */
export function size(bytes: number): string {
  if (bytes < 1e3) {
    return `${bytes} bytes`;
  }

  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** A time to wait, in words that do not promise seconds. */
export function wait(seconds: number): string {
  if (seconds < 10) {
    return 'a few seconds';
  }

  if (seconds < 90) {
    return `about ${Math.round(seconds / 10) * 10} seconds`;
  }

  return seconds < 5400 ? `about ${Math.round(seconds / 60)} minutes` : `about ${(seconds / 3600).toFixed(1)} hours`;
}
