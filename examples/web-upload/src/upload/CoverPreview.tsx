import { useEffect, useState } from 'react'

/** The chosen picture, as the browser has it. */
export function CoverPreview({ file }: { file: File | null }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return <span className="cover">{file && url && <img src={url} alt="" />}</span>
}
