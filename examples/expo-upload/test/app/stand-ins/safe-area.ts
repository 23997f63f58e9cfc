import type { ReactNode } from 'react'

/** A screen without a notch: how wide one is only the phone's own code tells. */
export const SafeAreaProvider = ({ children }: { readonly children: ReactNode }) => children

export const useSafeAreaInsets = () => ({ top: 0, bottom: 0, left: 0, right: 0 })

export const initialWindowMetrics = null
