// The machines of the comparison, given to both peers with the same arguments.

/** Arguments of QEMU for the peer; ours come from the machine profile that the exhibit has. */
export const machines = {
  freedos: { exhibit: "freedos", image: "freedos-144.img", drive: "floppy", memory: 16, settle: 4000 },
  kolibrios: { exhibit: "kolibrios", image: "kolibri.img", drive: "floppy", memory: 128, settle: 32000 },
  bootos: { exhibit: "bootos", image: "bootos.img", drive: "floppy", memory: 4, settle: 3000 },
  opengem: { exhibit: "opengem", image: "opengem-hd.img", drive: "disk", memory: 32, settle: 14000 },
  animation: { exhibit: "animation", image: "animation.img", drive: "floppy", memory: 4, settle: 3000 },
};

export function qemuArguments(machine, imagePath, display) {
  const drive = `file=${imagePath},format=raw,snapshot=on,if=${machine.drive === "floppy" ? "floppy" : "ide"}`;
  return [
    "-nodefaults", "-nic", "none", "-machine", "pc-i440fx-7.2", "-accel", "tcg", "-m", String(machine.memory), "-vga", "std",
    "-drive", drive, "-boot", machine.drive === "floppy" ? "a" : "c",
    "-display", "none", "-vnc", `127.0.0.1:${display.number},websocket=${display.port}`,
  ];
}
