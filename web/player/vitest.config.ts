import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    testTimeout: 5_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
  define: {
    'BUILD.pictureWorker': JSON.stringify('picture-worker.js'),
    'BUILD.soundWorklet': JSON.stringify('sound-worklet.js'),
  },
});
