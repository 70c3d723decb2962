/** Reads what the server packs: fixed fields, whole numbers of varying length, columns of them. */
export class Bytes {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Error('ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u8(): number {
    return this.take(1)[0]!;
  }

  u16(): number {
    this.take(2);
    return this.view.getUint16(this.at - 2, true);
  }

  u32(): number {
    this.take(4);
    return this.view.getUint32(this.at - 4, true);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.take(length));
  }

  hex(length: number): string {
    return [...this.take(length)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** A number below 2^32, seven bits a byte, the lowest first. */
  varint(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      number += (byte & 127) * scale;
      if (byte < 128) return number;
      if (scale > 2 ** 28) throw new Error('no number');
    }
  }

  /** The same for numbers on both sides of 0: 0, −1, 1, −2, 2 are 0, 1, 2, 3, 4. */
  signed(): number {
    const number = this.varint();
    return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
  }

  /** Bytes with their number before them. */
  column(): Bytes {
    return new Bytes(this.take(this.varint()));
  }
}

/** Checks what a file begins with, and its version. */
export function expectFormat(bytes: Bytes, magic: string, version: number): void {
  const found = bytes.text(4);
  if (found !== magic) throw new Error(`expected ${magic}, found ${JSON.stringify(found)}`);
  const told = bytes.u8();
  if (told !== version) throw new Error(`${magic} version ${told}; this page reads ${version}`);
}
