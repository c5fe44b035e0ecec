import { afterEach, expect, test, vi } from 'vitest';
import { BrowserOpusDecoder } from './browser-opus-decoder';
import type { Sound } from './format';
import { openOwnDecoder } from './own-opus-decoder';
import { PcmDecoder } from './pcm-decoder';

afterEach(() => vi.unstubAllGlobals());

test('PCM comes out on both channels at twice its rate, also from an odd place in a message', () => {
  const heard: Sound[] = [];
  const decoder = new PcmDecoder(sound => heard.push(sound));
  const message = new Uint8Array([9, 0, 64, 0, 192, 7]);
  decoder.decode(message.subarray(1, 5));
  decoder.decode(new Uint8Array([0, 64]));
  expect([...heard[0]!.left]).toEqual([0.25, 0.5, 0, -0.5]);
  expect([...heard[0]!.right]).toEqual([0.25, 0.5, 0, -0.5]);
  expect([...heard[1]!.left]).toEqual([0, 0.5]);
});

test('our own Opus decoder decodes a packet of silence and leaves out what is no packet', async () => {
  const heard: Sound[] = [];
  const decoder = await openOwnDecoder(sound => heard.push(sound));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  // RFC 6716: one CELT frame of 20 ms, fullband, stereo, that holds nothing.
  decoder.decode(new Uint8Array([0xfc]));
  decoder.decode(new Uint8Array([0xff]));
  decoder.decode(new Uint8Array(5_000));
  decoder.decode(new Uint8Array());
  decoder.close();
  expect(heard.map(sound => sound.left.length)).toEqual([960]);
  expect(Math.max(...heard[0]!.left)).toBe(0);
});

test('a page without a decoder of its own offers none', async () => {
  vi.stubGlobal('AudioDecoder', undefined);
  expect(await BrowserOpusDecoder.isOffered()).toBe(false);
});

test('a packet that closes the browser decoder costs that packet only', () => {
  const opened: { state: string; decoded: number }[] = [];
  vi.stubGlobal('EncodedAudioChunk', class {});
  vi.stubGlobal('AudioDecoder', class {
    state = 'unconfigured';
    decodeQueueSize = 0;
    decoded = 0;
    constructor() { opened.push(this); }
    configure() { this.state = 'configured'; }
    decode() { this.decoded++; }
    close() { this.state = 'closed'; }
  });
  const decoder = new BrowserOpusDecoder(() => {});
  decoder.decode(new Uint8Array(1));
  opened[0]!.state = 'closed';
  decoder.decode(new Uint8Array(1));
  expect(opened.map(each => each.decoded)).toEqual([1, 1]);
});
