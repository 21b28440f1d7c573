// Two soft notes, made on the spot: no file to load.

export function play(): void {
  const context = new AudioContext()
  const volume = context.createGain()
  volume.gain.setValueAtTime(0.08, context.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.45)
  volume.connect(context.destination)
  for (const [index, hertz] of [660, 880].entries()) {
    const note = context.createOscillator()
    note.frequency.value = hertz
    note.connect(volume)
    note.start(context.currentTime + index * 0.12)
    note.stop(context.currentTime + index * 0.12 + 0.3)
  }
  setTimeout(() => void context.close(), 800)
}
