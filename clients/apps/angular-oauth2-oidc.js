import '@angular/compiler'
import { provideHttpClient } from '@angular/common/http'
import { createApplication } from '@angular/platform-browser'
import { OAuthService, provideOAuthClient } from 'angular-oauth2-oidc'

const app = await createApplication({ providers: [provideHttpClient(), provideOAuthClient()] })
const client = app.injector.get(OAuthService)
client.configure({
  issuer: config.issuer,
  clientId: config.apiKey,
  redirectUri: config.redirectUri,
  responseType: 'code',
  scope: 'openid profile',
})
document.querySelector('button').onclick = () => client.initCodeFlow()
await client.loadDiscoveryDocumentAndTryLogin()
document.querySelector('output').textContent = client.getIdentityClaims()?.preferred_username ?? ''
