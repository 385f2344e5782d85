import { createSSRApp } from 'vue'
import App from './App.vue'

// #ifdef H5
// What is printed below a class's code is short: /m/join#CODE.
if (location.pathname === '/m/join') history.replaceState(null, '', `/m/pages/join${location.search}${location.hash}`)
// #endif

export function createApp() {
  return { app: createSSRApp(App) }
}
