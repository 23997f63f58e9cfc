import { failure, learn } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'

// Stands in for upload.ts in the file for a `<script>`, which so stays small.

/** Says what to load instead. Throws `missing_module`. */
export function uploadsWith(): never {
  throw failure('missing_module', { reason: 'uploads: import sdk from dist/browser.mjs' })
}

learn(lateCatalogue)
