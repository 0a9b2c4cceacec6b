/// <reference types="vitest/config" />
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './scripts/compress.ts'
import { docs } from './scripts/docs.ts'
import { fileOf } from './scripts/firstView.ts'
import { icons } from './scripts/icons.ts'
import { weight } from './scripts/weight.ts'

const server = process.env.LANCHAT_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    icons(new URL('../assets/icon.svg', import.meta.url)),
    docs(),
    compress(),
    weight(),
  ],
  build: {
    outDir: '../lanchat/static',
    emptyOutDir: true,
    target: 'es2022',
    // data: URLs would need a wider content security policy for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // start.html is the first screen of the desktop window.
      input: ['index.html', 'start.html'],
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: fileOf, priority: 1 },
            { name: 'parts', test: /\/web\/src\/(ui|lib)\/|lucide-react/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/files': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  // `.live` ones want a real server, which pytest starts.
  test: {
    include: process.env.LANCHAT_LIVE ? ['tests/*.live.ts'] : ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
  },
})
