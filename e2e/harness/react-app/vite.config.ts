import type { UserConfig } from 'vite'

const config: UserConfig = {
  build: {
    rolldownOptions: { input: 'main.tsx', output: { entryFileNames: 'main.js' } },
  },
}

export default config
