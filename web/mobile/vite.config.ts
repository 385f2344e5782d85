import uni_plugin from '@dcloudio/vite-plugin-uni'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const is_browser = process.env.UNI_PLATFORM === 'h5'

type ModuleInfo = (id: string) => { importers: readonly string[]; isEntry: boolean } | null

/** The pages that a module is always loaded with, the app itself among them. */
function pages_with(id: string, module_info: ModuleInfo, seen = new Set<string>()): Set<string> {
  const page = /src\/(pages\/[^?]+)/.exec(id)?.[1]
  if (page) return new Set([page])
  seen.add(id)
  const info = module_info(id)
  const pages = new Set<string>(info?.isEntry ? ['the app'] : [])
  for (const importer of info?.importers ?? [])
    if (!seen.has(importer)) for (const one of pages_with(importer, module_info, seen)) pages.add(one)
  return pages
}

// What the first page and the log-in need comes at once in one file, what more than three others share in a second: a slow line
// pays for each file that it has to ask for.
const first_pages = ['the app', 'pages/home.vue', 'pages/log_in.vue']
function chunk_of(id: string, { getModuleInfo }: { getModuleInfo: ModuleInfo }): string | undefined {
  if (!/src\/(parts|pages|locales|[\w.]+$)|packages\//.test(id)) return undefined
  const pages = pages_with(id, getModuleInfo)
  if (first_pages.some((page) => pages.has(page))) return 'first'
  return pages.size > 3 ? 'later' : undefined
}

// The service worker knows by name what it keeps; its own name for that changes with any file.
function list_for_service_worker(): Plugin {
  let folder = ''
  return {
    name: 'list-for-service-worker',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle() {
      cpSync(join(import.meta.dirname, 'public'), folder, { recursive: true })
      const names = readdirSync(join(folder, 'assets')).sort()
      const digest = createHash('sha256')
        .update(names.join())
        .update(readFileSync(join(folder, 'index.html')))
      const worker = readFileSync(join(folder, 'worker.js'), 'utf8')
        .replace("'FILES'", JSON.stringify(names.map((name) => `/m/assets/${name}`)))
        .replace('VERSION', digest.digest('hex').slice(0, 12))
      writeFileSync(join(folder, 'worker.js'), worker)
    },
  }
}

// The mini-program calls the root of a page "page".
function root_of_mini_program(): Plugin {
  return {
    name: 'root-of-mini-program',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.wxss'))
          file.source = String(file.source)
            .replace(/:root:lang\(\w+\)\s*\{[^}]*\}/g, '')
            .replace(/:root/g, 'page')
    },
  }
}

const uni = (uni_plugin as unknown as { default?: typeof uni_plugin }).default ?? uni_plugin

export default defineConfig({
  base: '/m/',
  plugins: [uni(), ...(is_browser ? [list_for_service_worker()] : [root_of_mini_program()])],
  build: {
    target: 'es2020',
    modulePreload: { polyfill: false },
    ...(is_browser && { cssCodeSplit: false, rollupOptions: { output: { manualChunks: chunk_of } } }),
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.API_PORT ?? 8080}` } },
})
