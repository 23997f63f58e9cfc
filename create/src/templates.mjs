/** Every template: what it is, where its login ends, and how it is started once it is installed. */
export const templates = {
  vanilla: { what: 'one page, no framework', redirectUri: 'http://localhost:5173/', start: 'npm run dev' },
  'vite-react': { what: 'React with Vite', redirectUri: 'http://localhost:5173/', start: 'npm run dev' },
  next: { what: 'Next.js', redirectUri: 'http://localhost:3000/', start: 'npm run dev' },
  vue: { what: 'Vue with Vite', redirectUri: 'http://localhost:5173/', start: 'npm run dev' },
  svelte: { what: 'Svelte with Vite', redirectUri: 'http://localhost:5173/', start: 'npm run dev' },
  expo: {
    what: 'a phone app with Expo',
    redirectUri: 'stagedoor-app://oauth/callback',
    start: 'npx expo start',
  },
  node: { what: 'a command-line tool', redirectUri: 'http://127.0.0.1/callback', start: 'npm start' },
}
