const { disk } = globalThis.host

export default {
  getAllKeys: async () => [...disk.keys()],
  getItem: async (key) => disk.get(key) ?? null,
  setItem: async (key, value) => void disk.set(key, value),
  removeItem: async (key) => void disk.delete(key),
}
