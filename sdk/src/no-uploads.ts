import { failure } from './errors.ts'
import type { UploadHandle } from './uploads.ts'

/** Says what to do: the file for a `<script>` has no uploads, to stay small. */
function refuse(): UploadHandle<never> {
  throw failure('missing_module', { reason: 'uploads: import sdk from dist/browser.mjs' })
}

// Stands in for upload.ts.

export { refuse as audioUpload, refuse as imageUpload }
