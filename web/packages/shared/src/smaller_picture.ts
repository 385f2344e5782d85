const longest_side = 2048

/** A picture made small before it is sent, the right way up; as it is where the browser cannot draw it or would not save anything. */
export async function smaller_picture(given: Blob): Promise<Blob> {
  try {
    const drawn = await createImageBitmap(given, { imageOrientation: 'from-image' })
    const share = Math.min(1, longest_side / Math.max(drawn.width, drawn.height))
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: Math.round(drawn.width * share), height: Math.round(drawn.height * share) })
    canvas.getContext('2d')!.drawImage(drawn, 0, 0, canvas.width, canvas.height)
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.86))
    return made && made.size < given.size ? made : given
  } catch {
    return given
  }
}
