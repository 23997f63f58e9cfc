import { sdk } from '@stagedoor/sdk'
import { useAudius as accountOf, useUser as profileOf } from '@stagedoor/sdk/vue'
import { createApp, h } from 'vue'
import { createRouter, createWebHistory, RouterView } from 'vue-router'

const responseMode = new URLSearchParams(location.search).get('mode') ?? sessionStorage.mode ?? 'fragment'
sessionStorage.mode = responseMode

const Home = {
  setup() {
    const account = accountOf(audius)
    const profile = profileOf(audius)
    const button = (name, options) => h('button', { onClick: () => account.value.login(options) }, name)
    return () => [
      h('output', account.value.error?.code ?? profile.value.user?.handle ?? account.value.status),
      button('Log in with Audius', { responseMode }),
      button('Log in on the full page', { responseMode, display: 'fullScreen' }),
    ]
  },
}

// It reads the address when it is made, and writes what it read back: before the SDK is there.
const router = createRouter({
  history: createWebHistory(),
  routes: [{ path: '/:rest(.*)*', component: Home }],
})
const app = createApp({ render: () => h(RouterView) })
app.use(router)
const audius = sdk({ ...window.config, redirectUri: `${location.origin}/cb` })
app.mount('#app')
