import '@concentric/shared/tokens.css'
import 'element-plus/theme-chalk/el-message.css'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import './styles/base.css'
import './styles/element.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { usePreferences } from './preferences'
import { router } from './router'

const app = createApp(App).use(createPinia()).use(i18n)
await usePreferences().start()
app.use(router)
await router.isReady()
app.mount('#app')
