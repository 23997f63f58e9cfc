type Global = Window & typeof globalThis

/** What the SDK uses of a window. All of it is absent on a server, some of it in old browsers. */
export type BrowserWindow = Partial<
  Pick<
    Global,
    | 'addEventListener'
    | 'BroadcastChannel'
    | 'close'
    | 'crypto'
    | 'document'
    | 'fetch'
    | 'history'
    | 'indexedDB'
    | 'isSecureContext'
    | 'localStorage'
    | 'location'
    | 'navigator'
    | 'open'
    | 'opener'
    | 'origin'
    | 'outerHeight'
    | 'outerWidth'
    | 'parent'
    | 'removeEventListener'
    | 'screenX'
    | 'screenY'
    | 'sessionStorage'
  >
>
