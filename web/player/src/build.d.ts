/** Names of the scripts built beside the page's own, with a version; filled in by build.mjs. */
declare const BUILD: {
  readonly pictureWorker: string;
  readonly soundWorklet: string;
  readonly opusDecoder: string;
};

declare module '*.css' {
  const text: string;
  export default text;
}
