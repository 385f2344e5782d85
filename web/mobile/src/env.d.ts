/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where a mini-program finds the platform, such as https://example.gov.cn; the browser asks where it came from. */
  readonly VITE_SERVER?: string
}

declare module 'sm-crypto/src/sm2' {
  export function doVerifySignature(
    message: string,
    signature: string,
    key: string,
    options: { der: boolean; userId: string },
  ): boolean
}
declare module 'sm-crypto/src/sm2/sm3' {
  export function sm3(bytes: number[]): Uint8Array
}
