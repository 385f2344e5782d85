const browsers: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** "Chrome · Windows" out of what a browser says of itself; empty when it says nothing known. */
export function device_of(agent: string): string {
  const name_in = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  return [name_in(browsers), name_in(systems)].filter(Boolean).join(' · ')
}
