import { useEffect, useState } from 'react'

/**
 * Takes files that are dropped anywhere on the page: beside a marked place the browser would open them instead.
 *
 * @param onDrop Called with each file.
 * @returns Whether files are held over the page.
 */
export function useDrop(onDrop: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // It left the window, not only one element for another.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return
      event.preventDefault()
      setOver(false)
      for (const file of event.dataTransfer.files) onDrop(file)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  })

  return isOver
}
