import { BrowserOpusDecoder } from './browser-opus-decoder';
import type { Heard, SoundDecoder } from './decoder';
import { opus, pcm } from './format';
import type { openOwnDecoder } from './own-opus-decoder';
import { PcmDecoder } from './pcm-decoder';

/** Every format that this page can decode, the best first, with its decoder. */
export type Decoders = ReadonlyMap<number, SoundDecoder>;

/** Opens the page's decoders: the browser's own for Opus, else ours; PCM always. Never fails. */
export async function openDecoders(heard: Heard): Promise<Decoders> {
  const decoders = new Map<number, SoundDecoder>();
  const best = await BrowserOpusDecoder.isOffered() ? new BrowserOpusDecoder(heard) : await loadOwn(heard);
  if (best !== null) decoders.set(opus, best);
  return decoders.set(pcm, new PcmDecoder(heard));
}

async function loadOwn(heard: Heard): Promise<SoundDecoder | null> {
  try {
    const script = await import(new URL(BUILD.opusDecoder, import.meta.url).href) as { openOwnDecoder: typeof openOwnDecoder };
    return await script.openOwnDecoder(heard);
  } catch {
    // Not loaded, or the page forbids WebAssembly: PCM needs neither.
    return null;
  }
}
