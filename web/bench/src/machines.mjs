// The machines of the comparison, given to both peers with the same arguments.

// The graphics adapter of the machine profile that the exhibit has.
const adapters = { "pc-486": "cirrus-vga", "pc-classic": "VGA" };

/**
 * Arguments of QEMU for the peer; ours come from the machine profile that the exhibit has.
 * `settle` is how long the machine boots at least, in milliseconds; then it is waited for until the screen
 * has its last width, where it changes, and is calm, where it ever is.
 */
export const machines = {
  freedos: { exhibit: "freedos", image: "freedos-144.img", drive: "floppy", memory: 16, profile: "pc-classic", settle: 2000 },
  kolibrios: { exhibit: "kolibrios", image: "kolibri.img", drive: "floppy", memory: 128, profile: "pc-classic", settle: 25000, width: 800 },
  bootos: { exhibit: "bootos", image: "bootos.img", drive: "floppy", memory: 4, profile: "pc-classic", settle: 2000 },
  opengem: { exhibit: "opengem", image: "opengem-hd.img", drive: "disk", memory: 32, profile: "pc-classic", settle: 5000, width: 640 },
  animation: { exhibit: "animation", image: "animation.img", drive: "floppy", memory: 4, profile: "pc-486", settle: 2000, isNeverCalm: true },
  balls: { exhibit: "balls", image: "balls.img", drive: "floppy", memory: 4, profile: "pc-486", settle: 2000, isNeverCalm: true },
};

export function qemuArguments(machine, imagePath, display) {
  const drive = `file=${imagePath},format=raw,snapshot=on,if=${machine.drive === "floppy" ? "floppy" : "ide"}`;
  return [
    "-nodefaults", "-nic", "none", "-machine", "pc-i440fx-7.2", "-accel", "tcg", "-m", String(machine.memory),
    "-device", adapters[machine.profile],
    "-drive", drive, "-boot", machine.drive === "floppy" ? "a" : "c",
    "-display", "none", "-vnc", `127.0.0.1:${display.number},websocket=${display.port}`,
  ];
}
