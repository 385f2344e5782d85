import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig, type Plugin } from 'vite'

// The server hands out `name.br` or `name.gz` beside a file when the browser takes it, so nothing is compressed at run time.
function compressed_siblings(): Plugin {
  const worth_it = /\.(js|css|html|svg)$/
  return {
    name: 'compressed-siblings',
    apply: 'build',
    closeBundle() {
      const folder = join(import.meta.dirname, 'dist')
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !worth_it.test(entry.name)) continue
        const file = join(entry.parentPath, entry.name)
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

// The runtime of teaching packages runs in the packages' own frames: plain scripts beside the console, not parts of it.
function package_runtime(): Plugin {
  const kept = join(import.meta.dirname, '../node_modules/scorm-again')
  const about = JSON.parse(readFileSync(join(kept, 'package.json'), 'utf8')) as { version: string }
  const licence = `/*! scorm-again ${about.version}\n${readFileSync(join(kept, 'LICENSE'), 'utf8')}*/\n`
  const script = (name: string) =>
    licence + readFileSync(join(kept, `dist/${name}.min.js`), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
  return {
    name: 'package-runtime',
    generateBundle() {
      for (const name of ['scorm12', 'scorm2004'])
        this.emitFile({ type: 'asset', fileName: `player/${name}.js`, source: script(name) })
    },
    configureServer(server) {
      server.middlewares.use('/player', (request, answer, next) => {
        const name = /^\/(scorm12|scorm2004)\.js/.exec(request.url ?? '')?.[1]
        if (!name) return next()
        answer.setHeader('Content-Type', 'text/javascript')
        answer.end(script(name))
      })
    },
  }
}

// What every room needs comes in three files; the rooms' own parts stay small, and what only few of them use comes with them.
const chunks = [
  { name: 'vue', test: /node_modules\/(@vue|vue|vue-router|vue-i18n|@intlify|pinia)\//, priority: 3 },
  { name: 'element', test: /node_modules\//, priority: 2, minShareCount: 9 },
  { name: 'parts', test: /src\/(parts|api|session|preferences|i18n)|packages\//, priority: 1, minShareCount: 3 },
]

export default defineConfig({
  plugins: [
    vue(),
    components({ dirs: [], dts: 'src/element.d.ts', resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    package_runtime(),
    compressed_siblings(),
  ],
  resolve: { alias: { '@': join(import.meta.dirname, 'src') } },
  build: {
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '/api': { target: `http://127.0.0.1:${process.env.API_PORT ?? 8080}`, ws: true } } },
  test: { dir: '..', include: ['**/src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0])
