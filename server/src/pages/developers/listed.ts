import type { App } from '../../store/store.ts'
import type { ListedApp } from '../views/developers/apps.tsx'

/** An app as the views show it to its owner. */
export const listed = ({ apiKey, name }: App): ListedApp => ({ apiKey, name, logo: null })
