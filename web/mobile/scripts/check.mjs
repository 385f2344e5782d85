// Checks the types of both apps that this code is: what uni-app's "#ifdef" leaves of it in the browser, and in the mini-program.
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
// What only one of the two uses would be unused in the other.
const lenient = { noUnusedLocals: false, noUnusedParameters: false }
const platforms = { h5: ['H5', 'WEB'], 'mp-weixin': ['MP', 'MP-WEIXIN'] }

/** The text as one platform sees it; lines that are left out stay as empty ones, so that faults are found at their place. */
function seen_by(names, text) {
  const open = [] // whether each block that stands open is part of the text
  return text
    .split('\n')
    .map((line) => {
      const mark = /^\s*(?:\/\/|<!--|\/\*)\s*#(ifdef|ifndef|endif)\s*([\w-]*)/.exec(line)
      if (mark?.[1] === 'endif') open.pop()
      else if (mark) open.push(names.includes(mark[2]) === (mark[1] === 'ifdef'))
      return mark || open.includes(false) ? '' : line
    })
    .join('\n')
}

function check(platform) {
  const folder = join(root, 'dist/check', platform)
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true, filter: (name) => !name.endsWith('.test.ts') })
  for (const entry of readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|vue)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    writeFileSync(file, seen_by(platforms[platform], readFileSync(file, 'utf8')))
  }
  const settings = {
    extends: '../../../tsconfig.json',
    compilerOptions: { paths: { '@/*': ['./src/*'] }, ...lenient },
    include: ['src'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  console.log(`types for ${platform}`)
  return spawnSync('npx', ['vue-tsc', '--noEmit', '-p', folder], { cwd: root, stdio: 'inherit' }).status === 0
}

/** With Vue 3.4 what is taken out of props in a script stays as it was at first, and templates do not know its defaults. */
function refuse_destructured_props() {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  const wrong = files.filter((name) =>
    /\}\s*=\s*(withDefaults\(\s*)?defineProps\b/.test(readFileSync(join(root, 'src', name), 'utf8')),
  )
  for (const name of wrong) console.error(`src/${name}: keep props whole: const props = defineProps`)
  return wrong.length === 0
}

const are_props_whole = refuse_destructured_props()
process.exitCode = Object.keys(platforms).map(check).every(Boolean) && are_props_whole ? 0 : 1
