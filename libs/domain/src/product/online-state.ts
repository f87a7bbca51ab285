/** Where a product's bytes are: on disk, in the long-term archive, on the way back, or nowhere (metadata only). */
export type OnlineState = 'online' | 'staging' | 'offline' | 'metadata-only';
