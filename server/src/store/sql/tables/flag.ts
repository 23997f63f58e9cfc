/** SQL has no boolean that both databases share. */
export type Flag = 0 | 1
