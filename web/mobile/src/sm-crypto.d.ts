declare module 'sm-crypto/src/sm2' {
  export function doVerifySignature(
    message: string,
    signature: string,
    key: string,
    options: { der: boolean; userId: string },
  ): boolean
  export function doSignature(message: string, key: string, options: { der: boolean; hash: boolean; userId: string }): string
  export function generateKeyPairHex(): { privateKey: string; publicKey: string }
}
declare module 'sm-crypto/src/sm2/sm3' {
  export function sm3(bytes: number[]): Uint8Array
}
