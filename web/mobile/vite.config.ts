import uni_plugin from '@dcloudio/vite-plugin-uni'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const is_browser = process.env.UNI_PLATFORM === 'h5'

// What every page needs comes at once, with the first page; a slow line pays for each file that it has to ask for.
const rarely_needed =
  /(Lesson|Quiz|SharePicture|RunningEvent|Gate|OwnCode|CheckInPart|CodeCamera|FamilyComing|EventTravel|EventFeedback|Service|Duty|Emergency|Safety|Record|VisitWay|Sign|CalendarFeeds|PlaceMap|PlacePart|BookPages|TakeAlong|VisitCard)\w*\.vue/
function chunk_of(id: string): string | undefined {
  const is_first =
    /src\/(parts\/|pages\/(home|log_in)|locales|[\w]+\.ts)/.test(id) &&
    !rarely_needed.test(id) &&
    !/share_picture|markdown|viewing|media|attendee_code|gate|visit_days|head_count|signature/.test(id)
  return is_first || /packages\/(?!shared\/src\/place_map)/.test(id) ? 'first' : undefined
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
