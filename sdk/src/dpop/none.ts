import { failure, learn } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'

// Stands in for window.ts in the file for a `<script>`, which so stays small.

/** Says what to load instead. Throws `missing_module`. */
export function proofsOf(): never {
  throw failure('missing_module', { reason: 'dpop: import sdk from dist/browser.mjs' })
}

learn(lateCatalogue)
