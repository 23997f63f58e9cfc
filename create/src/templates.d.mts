/** Every template by its name. */
export const templates: Readonly<
  Record<string, { readonly what: string; readonly redirectUri: string; readonly start: string }>
>
