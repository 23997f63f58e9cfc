/** Where a tab keeps the state of the answer that it handles, and of the last that it has handled. */
export const handlingIn = ({ name }: { readonly name: string }): string => `${name}:handling`
export const spentIn = ({ name }: { readonly name: string }): string => `${name}:spent`
