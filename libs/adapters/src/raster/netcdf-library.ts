import { ready } from 'h5wasm/node';

/** The HDF5 library (WASM, on the real file system: a file is never read whole). Its errors throw instead of being printed. */
export async function loadHdf5(): Promise<void> {
  (await ready).activate_throwing_error_handler();
}
