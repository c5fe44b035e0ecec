/**
 * Holds sound between its irregular arrival and its regular playing. It plays once `target` frames are there, so that a late message is not
 * heard; when more than `limit` frames wait it skips to the newest, so that sound never lags further behind the picture. One frame is a
 * left and a right sample.
 */
export class JitterBuffer {
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private start = 0;
  private count = 0;
  private isPlaying = false;

  /** @param target frames to gather before playing @param limit most frames to hold */
  constructor(private readonly target: number, private readonly limit: number) {
    this.left = new Float32Array(limit);
    this.right = new Float32Array(limit);
  }

  get length(): number {
    return this.count;
  }

  /** Adds signed 16 bit samples, left and right in turn. */
  add(samples: Int16Array): void {
    const frames = samples.length >> 1;
    const first = Math.max(0, frames - this.limit);
    if (this.count + frames - first > this.limit) this.skipTo(this.target);
    for (let i = first; i < frames; i++) {
      if (this.count === this.limit) this.drop(1);
      const at = (this.start + this.count) % this.limit;
      this.left[at] = samples[2 * i]! / 32_768;
      this.right[at] = samples[2 * i + 1]! / 32_768;
      this.count++;
    }
    if (this.count >= this.target) this.isPlaying = true;
  }

  /** Fills both channels; with silence where nothing is there, and then until `target` frames are there again. */
  read(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++) {
      const hasSound = this.isPlaying && this.count > 0;
      left[i] = hasSound ? this.left[this.start]! : 0;
      right[i] = hasSound ? this.right[this.start]! : 0;
      if (hasSound) this.drop(1);
    }
    if (this.count === 0) this.isPlaying = false;
  }

  private skipTo(frames: number): void {
    if (this.count > frames) this.drop(this.count - frames);
  }

  private drop(frames: number): void {
    this.start = (this.start + frames) % this.limit;
    this.count -= frames;
  }
}
