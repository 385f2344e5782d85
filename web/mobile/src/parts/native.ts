// #ifdef H5
import { h, type FunctionalComponent } from 'vue'

// The browser's own elements: uni-app's stand-ins for them have no role, no label and no place in the order of the Tab key.
const element = (name: string): FunctionalComponent => {
  const drawn: FunctionalComponent = (_, { attrs, slots }) => h(name, attrs, slots.default?.())
  drawn.inheritAttrs = false
  return drawn
}
export const NativeButton = element('button')
export const NativeLabel = element('label')
export const NativeInput = element('input')
export const NativeTextarea = element('textarea')
export const NativeVideo = element('video')
export const NativeTrack = element('track')
export const NativeImage = element('img')
export const NativeCanvas = element('canvas')
export const NativeBox = element('div')
// #endif
