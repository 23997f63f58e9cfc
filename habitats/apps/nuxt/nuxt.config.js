export default {
  compatibilityDate: '2026-01-01',
  telemetry: false,
  devtools: { enabled: false },
  app: { head: { title: 'App', link: [{ rel: 'icon', href: 'data:,' }] } },
}
