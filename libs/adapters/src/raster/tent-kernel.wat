;; Runs of target pixels through a tent kernel of up to four pixels across. Positions are 16.16 fixed point: the kernel's left and upper end, in pixels
;; of the source. Weights stand in tables by the place of that end between two pixels, in 512ths (0 to 512): `across` four of them (laid out as the instructions
;; want them), `down` as many as the kernel is high. The caller sees to it that every pixel read lies within the source.
(module
  (memory (export "memory") 1)

  ;; Byte pictures: red, green, blue to red, green, blue and 255. Weights are 1024ths.
  (func (export "colours")
    (param $source i32) (param $stride i32) (param $out i32) (param $count i32)
    (param $u i32) (param $v i32) (param $du i32) (param $dv i32)
    (param $across i32) (param $down i32) (param $rows i32)
    (local $at i32) (local $weights i32) (local $end i32) (local $last i32)
    (local $first v128) (local $second v128) (local $pixels v128) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $rows (i32.shl (local.get $rows) (i32.const 2)))
    (loop $pixel
      (local.set $at (i32.add (local.get $source) (i32.add
        (i32.mul (i32.shr_s (i32.add (local.get $v) (i32.const 65535)) (i32.const 16)) (local.get $stride))
        (i32.mul (i32.shr_s (i32.add (local.get $u) (i32.const 65535)) (i32.const 16)) (i32.const 3)))))
      (local.set $weights (i32.add (local.get $across) (i32.shl
        (i32.shr_u (i32.add (i32.and (i32.sub (i32.const 0) (local.get $u)) (i32.const 65535)) (i32.const 64)) (i32.const 7)) (i32.const 5))))
      (local.set $first (v128.load (local.get $weights)))
      (local.set $second (v128.load offset=16 (local.get $weights)))
      (local.set $weights (i32.add (local.get $down) (i32.mul
        (i32.shr_u (i32.add (i32.and (i32.sub (i32.const 0) (local.get $v)) (i32.const 65535)) (i32.const 64)) (i32.const 7)) (local.get $rows))))
      (local.set $last (i32.add (local.get $weights) (local.get $rows)))
      (local.set $sum (v128.const i32x4 524288 524288 524288 524288))
      (loop $row
        ;; Red of two neighbours side by side, green, blue, nothing; then the next two.
        (local.set $pixels (i8x16.shuffle 0 3 1 4 2 5 16 16 6 9 7 10 8 11 16 16
          (v128.load (local.get $at)) (v128.const i32x4 0 0 0 0)))
        (local.set $sum (i32x4.add (local.get $sum) (i32x4.mul
          (i32x4.add
            (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $pixels)) (local.get $first))
            (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $pixels)) (local.get $second)))
          (v128.load32_splat (local.get $weights)))))
        (local.set $at (i32.add (local.get $at) (local.get $stride)))
        (br_if $row (i32.lt_u (local.tee $weights (i32.add (local.get $weights) (i32.const 4))) (local.get $last))))
      (local.set $sum (i32x4.shr_u (local.get $sum) (i32.const 20)))
      (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
      (i32.store (local.get $out) (i32.or (i32.const 0xff000000)
        (i32x4.extract_lane 0 (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))))
      (local.set $u (i32.add (local.get $u) (local.get $du)))
      (local.set $v (i32.add (local.get $v) (local.get $dv)))
      (br_if $pixel (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 4))) (local.get $end)))))

  ;; One band of floats to floats. Weights are floats.
  (func (export "samples")
    (param $source i32) (param $stride i32) (param $out i32) (param $count i32)
    (param $u i32) (param $v i32) (param $du i32) (param $dv i32)
    (param $across i32) (param $down i32) (param $rows i32)
    (local $at i32) (local $weights i32) (local $end i32) (local $last i32)
    (local $four v128) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $rows (i32.shl (local.get $rows) (i32.const 2)))
    (loop $pixel
      (local.set $at (i32.add (local.get $source) (i32.add
        (i32.mul (i32.shr_s (i32.add (local.get $v) (i32.const 65535)) (i32.const 16)) (local.get $stride))
        (i32.shl (i32.shr_s (i32.add (local.get $u) (i32.const 65535)) (i32.const 16)) (i32.const 2)))))
      (local.set $four (v128.load (i32.add (local.get $across) (i32.shl
        (i32.shr_u (i32.add (i32.and (i32.sub (i32.const 0) (local.get $u)) (i32.const 65535)) (i32.const 64)) (i32.const 7)) (i32.const 4)))))
      (local.set $weights (i32.add (local.get $down) (i32.mul
        (i32.shr_u (i32.add (i32.and (i32.sub (i32.const 0) (local.get $v)) (i32.const 65535)) (i32.const 64)) (i32.const 7)) (local.get $rows))))
      (local.set $last (i32.add (local.get $weights) (local.get $rows)))
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (loop $row
        (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul
          (v128.load (local.get $at)) (v128.load32_splat (local.get $weights)))))
        (local.set $at (i32.add (local.get $at) (local.get $stride)))
        (br_if $row (i32.lt_u (local.tee $weights (i32.add (local.get $weights) (i32.const 4))) (local.get $last))))
      (local.set $sum (f32x4.mul (local.get $sum) (local.get $four)))
      (f32.store (local.get $out) (f32.add
        (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
        (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))
      (local.set $u (i32.add (local.get $u) (local.get $du)))
      (local.set $v (i32.add (local.get $v) (local.get $dv)))
      (br_if $pixel (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 4))) (local.get $end))))))
